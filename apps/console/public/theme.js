// Runs before the first paint, so that a page never flashes in the other theme.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('sp-theme');
  } catch {
    // Storage may be closed; the system's wish is enough.
  }
  const isDark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
