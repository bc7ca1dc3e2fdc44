// Keys 1 to 5 answer the question on the screen, and the time that it took goes with the answer.
// Without this file each answer is a button that sends the form.

// A second tap so soon was meant for the question before.
const TOO_SOON = 300; // milliseconds
let shown = performance.now();

function appear() {
  shown = performance.now();
  for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
}
appear();

// By place too: on Belgian and French keyboards the digits need Shift.
function digit(event) {
  return /^[1-5]$/.test(event.key) ? event.key : /^Digit([1-5])$/.exec(event.code)?.[1];
}

document.addEventListener("keydown", (event) => {
  // Only while the focus is in the question: elsewhere a digit may mean something else.
  const question = event.target.closest?.("#question");
  if (!question || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const number = digit(event);
  if (number) question.querySelector(`button[name=value][value="${number}"]`)?.click();
});

document.addEventListener(
  "submit",
  (event) => {
    const time = event.target.elements.milliseconds;
    if (!time) return;
    const passed = Math.round(performance.now() - shown);
    if (passed < TOO_SOON) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    time.value = passed;
    for (const given of event.target.querySelectorAll(".is-given")) given.classList.remove("is-given");
    event.submitter?.classList.add("is-given");
    lost(false);
  },
  true,
);

// An answer that comes too late brings the question that waits, with the reason on top.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 409) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

document.addEventListener("htmx:afterSettle", () => {
  appear();
  document.getElementById("question-title")?.focus();
});

// Whatever else went wrong is said by the page itself.
document.addEventListener("htmx:responseError", () => location.reload());
document.addEventListener("htmx:sendError", () => lost(true));

function lost(is) {
  const words = document.querySelector("[data-lost]");
  if (words) words.hidden = !is;
}
