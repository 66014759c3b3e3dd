/* Keys of the review, and ready sentences copied into their field. */
(() => {
  "use strict";
  const KEPT = "preau-review-keys";
  const help = document.getElementById("review-keys");
  const isOn = () => localStorage.getItem(KEPT) !== "off";
  const isTyping = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  const show = (element) => {
    element.scrollIntoView({ block: "center" });
    element.focus();
  };
  const open = (details) => {
    if (!details) return;
    details.open = true;
    show(details.querySelector("textarea"));
  };
  const follow = (id) => document.getElementById(id)?.click();
  const first = (key) => document.querySelector(`[data-key="${key}"]`);

  const acts = {
    a: () => first("a") && show(first("a")),
    r: () => open(first("r")),
    m: () => open(first("m")),
    n: () => follow("review-next"),
    p: () => follow("review-previous"),
    "?": () => {
      help.open = !help.open;
      if (help.open) show(help.querySelector("summary"));
    },
  };

  if (help) {
    help.hidden = false;
    const box = document.getElementById("review-keys-on");
    box.checked = isOn();
    box.addEventListener("change", () => {
      localStorage.setItem(KEPT, box.checked ? "on" : "off");
    });
    document.addEventListener("keydown", (event) => {
      const act = acts[event.key];
      if (!act || !isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      act();
    });
  }

  document.addEventListener("change", (event) => {
    const sentence = event.target.selectedOptions?.[0]?.dataset.sentence;
    const field = event.target.form?.querySelector("textarea");
    if (sentence && field) field.value = sentence;
  });
})();
