// Comfort only: every page works without this file.
const components = await import(document.getElementById("preau-components").href);

const { Button, Checkboxes, ErrorSummary, NotificationBanner } = components;
const { PasswordInput, Radios, createAll } = components;
const STARTED = [
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
];

/** Start the components of a part of the page; those already started stay. */
function start(scope) {
  const quiet = { scope, onError: () => {} };
  for (const component of STARTED) {
    createAll(component, undefined, quiet);
  }
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll(".preau-menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
start(document.body);

// Content that htmx brings in is started too, and its first error takes the focus.
document.body.addEventListener("htmx:afterSettle", (event) => {
  start(event.detail.elt);
});

// "Back" must not show, after signing out, a page that the browser had kept.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector(".preau-menu--account")) {
    window.location.reload();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-preau-print]")) window.print();
  closeMenus(event.target.closest(".preau-menu"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector(".preau-menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
