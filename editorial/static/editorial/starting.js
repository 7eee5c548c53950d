// Marks, as soon as a condition is chosen, the questions that are answered for it, and
// lists those answers. Without it the page says so once "Start" is pressed.
{
  const form = document.getElementById("starting");
  const condition = document.getElementById("id_condition");
  const question = document.getElementById("id_question");
  let newest = 0;

  async function renew() {
    const mine = ++newest;
    const chosen = new URLSearchParams({
      condition: condition.value,
      question: question.value,
    });
    let page;
    try {
      const answer = await fetch(`?${chosen}`, { redirect: "error" });
      if (!answer.ok) return;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return; // "Start" says the same
    }
    const options = page.getElementById("id_question");
    if (mine !== newest || !options) return;
    const value = question.value;
    question.replaceChildren(...options.children);
    question.value = value;
    const asked = form.querySelector("[data-asked]");
    asked.replaceChildren(...page.querySelector("[data-asked]").childNodes);
    document.getElementById("there").replaceWith(page.getElementById("there"));
  }

  form?.addEventListener("change", renew);
}
