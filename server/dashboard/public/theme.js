// Before the first paint, so that a page that was made dark never flashes white.
try {
  const theme = localStorage.getItem('replicator-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed: the system's colours it is.
}
