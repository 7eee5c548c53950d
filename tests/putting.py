"""Words put into each field that a person can type, of a content and its record."""


def in_body(content, record, text):
    content["body"] = text


def in_short_answer(content, record, text):
    content["short_answer"] = text


def in_sources(content, record, text):
    line = " ".join(text.split())
    content["sources"][0] |= {"title": line, "authors": line, "container": line}
    content["sources"][0]["url"] = text


def in_names(content, record, text):
    line = " ".join(text.split())
    content["condition"] |= {"name": line, "abbreviation": line, "genes": [line]}
    content["condition"]["synonyms"] = [line, text]
    content["question"]["text"] = f"{line}?"
    content["take_part"]["trial_search"] = line
    content["take_part"]["community"] |= {"name": line, "url": text}


def in_people(content, record, text):
    line = " ".join(text.split())
    content["authors"] = [line, text]
    content["drafting"]["note"] = record["note"] = text
    for one in record["signatures"]:
        one |= {"name": line, "post_nominals": line, "profession": line}
        one |= {"affiliation": line, "interests": text, "registration_body": line}
        one["registration_number"] = line


PUTS = (in_body, in_short_answer, in_sources, in_names, in_people)
