// Copy, share and print a page; without this file its address stands there to be copied.

export function share(part) {
  const url = part.dataset.share;
  const title = part.dataset.title;

  offer("[data-copy]", Boolean(navigator.clipboard), async (button) => {
    const words = button.querySelector("[data-done]");
    await navigator.clipboard.writeText(url);
    words.textContent = words.dataset.done;
    part.querySelector("[data-share-status]").textContent = words.dataset.done;
  });
  offer("[data-send]", Boolean(navigator.share), () => navigator.share({ title, url }).catch(() => {}));
  offer("[data-print]", true, () => print());

  function offer(selector, works, act) {
    const button = part.querySelector(selector);
    if (!button || !works) return;
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }
}
