// Runs before the first paint, so that nothing flashes; a file of its own, because the CSP forbids inline scripts.
try {
  // The stylesheet knows light and dark; with anything else the system's theme applies.
  document.documentElement.dataset.theme = localStorage.getItem('theme');
} catch {
  // Storage may be blocked.
}
