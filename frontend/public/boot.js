// Before the first paint, so that nothing flashes; a file of its own, as a strict CSP asks.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked; the system's theme serves.
}
