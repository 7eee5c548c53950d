"""Hostile words, and a seeded generator that breeds more of them."""

import random

_TAGS = """script img svg math style iframe object embed form input button a body base
meta link template noscript textarea title xmp plaintext marquee"""
_EVENTS = "onload onerror onclick onfocus onmouseover ontoggle onpointerenter"
_URLS = """javascript:alert(1) JaVaScRiPt:alert(1) java&#9;script:alert(1) vbscript:x
&#106;avascript:alert(1) javascript&colon;alert(1) data:text/html;base64,PHNj blob:x
//e.example /\\e.example https://e.example/"onx=' https://e.example/'><b> ftp://e.example
file:///etc/passwd"""
_MARKS = """* ** _ __ *** ` ``` ~~~ [ ] ( ) ]( ![ > >> - + 1. ## ### # --- === | || |-|
\\ ! < > & ; : @ [@ [@gard-poh] [@pmid:11784876;@gard-poh] [x]: <!-- --> <![CDATA[ ]]>
<? ?> {{ }} {% %} </script> </style> </textarea> </title> </p> </a> </q> &lt; &amp;
&quot; &#39; &#x3C; &#60; \\u003C %3C %00 " ' = / \\n"""
_WORDS = "dose 5 mg <5 >60 2*3 p<0.05 TGF-β1 Ménière e\u0301 の ٣ bone, not."
TAGS, EVENTS, URLS = _TAGS.split(), _EVENTS.split(), _URLS.split()
MARKS, WORDS = _MARKS.split(), _WORDS.split()
# NUL, controls, blanks, line ends, directions, joiners, halves of pairs, tags, marks.
SIGNS = [
    *map(chr, (0, 7, 8, 9, 10, 11, 12, 13, 27, 0x7F, 0x85, 0xA0, 0xAD, 0x300, 0x338)),
    *map(chr, (0x200B, 0x200D, 0x202E, 0x2028, 0x2029, 0x2066, 0xFEFF, 0xFFFD, 0xFFFF)),
    *map(chr, (0xD800, 0xDC00, 0xE000, 0xFF1C, 0xFF1E, 0xE0041, 0x1F9EC, 0x10FFFF)),
]


def seeds():
    """Return hostile texts as a person would write them."""
    found = [f"<{tag} {EVENTS[n % 7]}=alert(1)>" for n, tag in enumerate(TAGS)]
    found += [f"<a href={url}>x</a>" for url in URLS]
    found += [f"[x]({url})" for url in URLS] + [f"[x]: {url}\n\n[x]" for url in URLS]
    found += [f"<{url}>" for url in URLS] + [f"![x]({url})" for url in URLS]
    found += [f'"{event}="alert(1)' for event in EVENTS]
    found += [f"'><{tag}>" for tag in TAGS] + [f"</{tag}><{tag}" for tag in TAGS]
    found += [mark * 3 for mark in MARKS] + [f"a {mark} b" for mark in MARKS]
    found += ["> " * 30 + "x", "- " * 30 + "x", "*" * 60 + "x", "[" * 60 + "x"]
    found += ["| a | b |\n|---|---|\n| 1 | <2 |", "## a\n\n- b\n- c", "1. a\n2. b"]
    found += ["a\nSubject: x\nBcc: y@z", "=cmd|' /C calc'!A0", "\r\n\r\n<b>", "${7*7}"]
    return found


SEEDS = seeds()


def mutated(number):
    """Return the input of that number: the same words whenever it is asked for."""
    dice = random.Random(number)
    text = dice.choice(SEEDS)
    for _ in range(dice.randrange(6)):
        text = dice.choice(CHANGES)(dice, text)
    return text[:2_000]


def _place(dice, text):
    return dice.randrange(len(text) + 1)


def _insert(dice, text):
    at = _place(dice, text)
    return text[:at] + dice.choice([*MARKS, *SIGNS, *WORDS]) + text[at:]


def _splice(dice, text):
    return text[: _place(dice, text)] + dice.choice(SEEDS)


def _beside(dice, text):
    return dice.choice(["", " ", "\n", "\n\n"]).join((text, dice.choice(SEEDS)))


def _cut(dice, text):
    start, end = sorted((_place(dice, text), _place(dice, text)))
    return text[:start] + text[end:]


def _double(dice, text):
    start, end = sorted((_place(dice, text), _place(dice, text)))
    return text[:end] + text[start:end] * dice.randrange(1, 4) + text[end:]


def _encode(dice, text):
    at = _place(dice, text)
    form = dice.choice(["&#{};", "&#x{:x};", "%{:02x}", "\\u{:04x}"])
    return (
        text[:at]
        + "".join(form.format(ord(c)) for c in text[at : at + 3])
        + text[at + 3 :]
    )


def _turn_case(dice, text):
    return "".join(c.upper() if dice.random() < 0.5 else c for c in text)


def _wrap(dice, text):
    mark = dice.choice(["*", "**", "_", "> ", "- ", "## ", '"', "'", "`", "(", "["])
    return f"{mark}{text}{mark}"


def _comment(dice, text):
    return text.replace("<", dice.choice(["<!--", "<%", "</", "< ", "<\t", "<<"]))


CHANGES = [_insert, _insert, _splice, _beside, _cut, _double, _encode, _turn_case]
CHANGES += [_wrap, _comment]
