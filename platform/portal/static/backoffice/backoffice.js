// The little that the back office needs beside Wagtail's own scripts.
(() => {
  // Hides the fields that a choice makes useless. Without script all are shown.
  const showUseful = (select) => {
    const box = select.closest("[data-bo-choices]");
    box.querySelectorAll("[data-bo-only]").forEach((part) => {
      if (part.closest("[data-bo-choices]") !== box) return;
      part.hidden = !part.dataset.boOnly.split(" ").includes(select.value);
    });
  };

  // Starts Wagtail's widgets, whose inline scripts our policy refuses.
  const STARTERS = {
    date: (mark, options) => window.initDateChooser(mark.dataset.boFor, options),
    time: (mark, options) => window.initTimeChooser(mark.dataset.boFor, options),
    datetime: (mark, options) =>
      window.initDateTimeChooser(mark.dataset.boFor, options),
    rows: (mark, options) => new window.InlinePanel(options),
    "chosen-rows": (mark, options) => new window.MultipleChooserPanel(options),
    chooser: (mark, options) =>
      new window[mark.dataset.boClass](mark.dataset.boFor, options),
  };
  const start = (root) => {
    root.querySelectorAll("[data-bo-start]").forEach((mark) => {
      const starter = STARTERS[mark.dataset.boStart];
      mark.removeAttribute("data-bo-start");
      starter(mark, JSON.parse(mark.dataset.boOptions));
    });
    root.querySelectorAll("select[data-bo-choice]").forEach(showUseful);
  };

  // Adds an empty form to a set of forms.
  const addForm = (set) => {
    const total = set.querySelector("input[name$=TOTAL_FORMS]");
    const template = set.querySelector("template");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const added = holder.firstElementChild;
    template.before(added);
    added.querySelector("input:not([type=hidden]), select")?.focus();
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-bo-choice]")) showUseful(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-bo-add]");
    if (button) addForm(document.getElementById(button.dataset.boAdd));
  });
  start(document);
  new MutationObserver((changes) => {
    changes.forEach(({ addedNodes }) =>
      addedNodes.forEach((node) => node.parentElement && start(node.parentElement)),
    );
  }).observe(document.body, { childList: true, subtree: true });
})();
