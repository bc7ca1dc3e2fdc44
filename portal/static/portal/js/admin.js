// A form with changes asks before it is left; submitting it does not ask.
for (const form of document.querySelectorAll("#content-main > form[method='post']")) {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("change", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

// A link to a block opens it.
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  target?.querySelector("details")?.setAttribute("open", "");
}
addEventListener("hashchange", openTarget);
openTarget();

// Select2 names its box after its content; empty, it has no name. The label of the field is one.
function nameBoxes(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const name = select.getAttribute("aria-label") ?? select.labels[0]?.textContent.trim();
    const box = select.parentElement.querySelector(".select2-selection");
    if (!name || !box) continue;
    for (const part of [box, ...box.querySelectorAll("[role='textbox'], textarea, input")]) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", name.replace(/\s*:$/, ""));
    }
  }
}
// After the handlers of Django, which make the boxes.
window.django?.jQuery?.(() => nameBoxes(document));
document.addEventListener("formset:added", (event) => {
  setTimeout(() => nameBoxes(event.target));
});

// Django heads the column of row names with an empty heading.
for (const heading of document.querySelectorAll("th.original:empty")) {
  const cell = document.createElement("td");
  cell.className = heading.className;
  heading.replaceWith(cell);
}

// Where the filters stand beside the list (see admin.css), they are in nobody's way.
if (matchMedia("(min-width: 106rem)").matches) {
  document.querySelector("#changelist-filter .filters")?.setAttribute("open", "");
}
