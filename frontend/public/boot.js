// Before the first paint, so that nothing flashes; a file of its own, as a strict CSP asks.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get('lang');
  let theme = null;
  let lang = null;
  try {
    theme = localStorage.getItem('theme');
    lang = localStorage.getItem('lang');
  } catch {
    // Storage may be blocked; the defaults serve.
  }
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  root.lang =
    [asked, lang, navigator.language.slice(0, 2)].find((one) => one === 'en' || one === 'ja') ?? 'en';
})();
