// Loaded before the first paint, so that a stored theme does not flash.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed: the theme of the system stands.
}
