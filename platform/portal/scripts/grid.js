// The running total of a month: what is added, what is given up, what it costs.
// Comfort only: the check page says the same without this file.

const language = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(language);

function days(count, form) {
  const words = plural.select(count) === "one" ? form.dataset.one : form.dataset.many;
  return words.replace("{n}", count);
}

function cost(minor, currency) {
  const options = { style: "currency", currency, signDisplay: "exceptZero" };
  return new Intl.NumberFormat(language, options).format(minor / 100);
}

function summary(form) {
  let added = 0;
  let givenUp = 0;
  let minor = 0;
  for (const box of form.querySelectorAll("[name=day]")) {
    const wasBooked = "booked" in box.dataset;
    if (box.checked === wasBooked) continue;
    const price = Number(box.dataset.price || 0);
    if (box.checked) {
      added += 1;
      minor += price;
    } else {
      givenUp += 1;
      if (!("due" in box.dataset)) minor -= price;
    }
  }
  const parts = [];
  if (added) parts.push(`+${days(added, form)}`);
  if (givenUp) parts.push(`−${days(givenUp, form)}`);
  return { words: parts.join(", "), price: cost(minor, form.dataset.currency) };
}

function show(form) {
  const bar = form.querySelector(".preau-calendar-bar__text");
  const { words, price } = summary(form);
  const text = document.createElement("strong");
  text.textContent = words || form.dataset.none;
  const detail = document.createElement("span");
  detail.textContent = words ? price : "";
  bar.replaceChildren(text, detail);
}

for (const form of document.querySelectorAll("[data-preau-grid]")) {
  form.addEventListener("change", () => show(form));
  show(form);
}
