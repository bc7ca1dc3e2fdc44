import { combobox } from "./combobox.js";

const root = document.documentElement;

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // The choice lasts as long as the page.
    }
  });
}

for (const form of document.querySelectorAll("[data-combobox][data-suggest]")) combobox(form);

const shared = document.querySelector("[data-share]");
if (shared) import("./share.js").then(({ share }) => share(shared));

document.querySelector("[data-focus]")?.focus();

// The section being read is marked in the table of contents.
for (const toc of document.querySelectorAll("[data-toc]")) {
  const links = new Map();
  for (const link of toc.querySelectorAll("a[href^='#']")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, [...(links.get(section) ?? []), link]);
  }
  const seen = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target);
      const current = [...links.keys()].find((section) => seen.has(section));
      if (!current) return;
      for (const [section, marks] of links) {
        for (const link of marks) {
          if (section === current) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        }
      }
    },
    { rootMargin: "0px 0px -65% 0px" },
  );
  for (const section of links.keys()) observer.observe(section);
  toc.addEventListener("click", (event) => {
    if (event.target.closest("a")) toc.querySelector("details")?.removeAttribute("open");
  });
}

// What is left empty does not stand in the address of a filtered list.
for (const form of document.querySelectorAll("[data-filters]")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
}

// Where htmx does not listen, a new order is asked for at once.
document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-submit-on-change]");
  const form = field?.form;
  if (form && !field.closest("[data-hx-get]")) form.requestSubmit();
});

// "Show 128 professions" follows the count of the list.
document.addEventListener("htmx:afterSettle", () => {
  const count = document.querySelector("[data-result-count]");
  const button = document.querySelector("[data-show-count]");
  if (count && button?.dataset.showCount) {
    button.textContent = button.dataset.showCount.replace("#", count.textContent.trim());
  }
});

// An address may be somebody's secret link: htmx writes it down for copies of pages, of which it
// keeps none here.
function forgetAddress() {
  try {
    sessionStorage.removeItem("htmx-current-path-for-history");
  } catch {
    // A browser that stores nothing.
  }
}
forgetAddress();
for (const moved of ["pushedIntoHistory", "replacedInHistory", "historyRestore"]) {
  document.addEventListener(`htmx:${moved}`, forgetAddress);
}

// Folded parts are printed unfolded.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll(".disclosure:not([open])")) {
    part.open = true;
    part.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("[data-printed]")) {
    part.open = false;
    delete part.dataset.printed;
  }
});
