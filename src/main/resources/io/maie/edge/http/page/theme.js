// A classic script, so that it runs before the page is painted: the choice of dark or light.
(() => {
  const sheet = document.getElementById("dark");
  const bySystem = sheet.media;
  const media = { dark: "all", light: "not all", system: bySystem };
  const key = "maie-theme";
  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off: the choice lasts as long as the page
    }
  };
  const show = (theme) => {
    sheet.media = media[theme] ?? bySystem;
  };
  window.maieTheme = {
    isDark: () => sheet.media === "all" || (sheet.media === bySystem && matchMedia(bySystem).matches),
    choose(theme) {
      show(theme);
      try {
        localStorage.setItem(key, theme);
      } catch {
        // as above
      }
    },
  };
  show(stored() ?? "system");
  matchMedia(bySystem).addEventListener("change", () => dispatchEvent(new Event("theme")));
})();
