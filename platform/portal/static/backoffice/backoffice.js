// Hides the fields that a choice makes useless. Without this script all are shown.
(() => {
  const update = (select) => {
    const box = select.closest("[data-bo-choices]");
    box.querySelectorAll("[data-bo-only]").forEach((part) => {
      if (part.closest("[data-bo-choices]") !== box) return;
      part.hidden = !part.dataset.boOnly.split(" ").includes(select.value);
    });
  };
  const start = (root) =>
    root.querySelectorAll("select[data-bo-choice]").forEach(update);
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-bo-choice]")) update(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-bo-add]");
    if (!button) return;
    const set = document.getElementById(button.dataset.boAdd);
    const total = set.querySelector("input[name$=TOTAL_FORMS]");
    const template = set.querySelector("template");
    const row = document.createElement("div");
    row.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const added = row.firstElementChild;
    template.before(added);
    start(added);
    added.querySelector("select, input:not([type=hidden])")?.focus();
  });
  start(document);
})();
