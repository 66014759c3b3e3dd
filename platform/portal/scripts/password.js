// Shows, while a password is typed, which conditions it meets. The server decides.
const PAUSE = 1200; // Milliseconds before a screen reader is told.
const KINDS = {
  lower: (letter) => /\p{L}/u.test(letter) && !/\p{Lu}/u.test(letter),
  upper: (letter) => /\p{Lu}/u.test(letter),
  digit: (letter) => /\p{Nd}/u.test(letter),
  symbol: (letter) => !/\p{L}|\p{Nd}/u.test(letter),
};

function meets(name, rule, letters) {
  const found = (kind) => letters.some(KINDS[kind]);
  if (name === "length") return letters.length >= Number(rule.dataset.length);
  if (name !== "kinds") return found(name);
  return Object.keys(KINDS).filter(found).length >= Number(rule.dataset.kinds);
}

function watch(rule) {
  const hint = rule.closest(".govuk-hint");
  const input = document.querySelector(`input[aria-describedby~="${hint.id}"]`);
  if (!input) return;
  const conditions = [...rule.querySelectorAll("[data-condition]")];
  const said = document.createElement("p");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  hint.after(said);
  let timer = 0;

  function show() {
    const letters = [...input.value];
    for (const each of conditions) {
      const met = meets(each.dataset.condition, rule, letters);
      each.dataset.met = letters.length ? String(met) : "";
    }
    clearTimeout(timer);
    if (!letters.length) return;
    timer = setTimeout(() => {
      const left = conditions.filter((each) => each.dataset.met !== "true");
      said.textContent = left.length
        ? `${rule.dataset.missing} ${left.map((each) => each.textContent).join(", ")}`
        : rule.dataset.complete;
    }, PAUSE);
  }

  input.addEventListener("input", show);
  show();
}

for (const rule of document.querySelectorAll("[data-preau-rule]")) watch(rule);
