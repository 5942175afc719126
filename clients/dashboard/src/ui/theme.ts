import { useEffect, useState } from "react";

/** What the reader wants: light, dark, or as the system is set. */
export type ThemeChoice = "system" | "light" | "dark";

const key = "realtimehub.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function stored(): ThemeChoice {
  const choice = localStorage.getItem(key);
  return choice === "light" || choice === "dark" ? choice : "system";
}

/** The choice, what it comes to now, and how to change it. */
export function useTheme(): { choice: ThemeChoice; theme: "light" | "dark"; choose: (choice: ThemeChoice) => void } {
  const [choice, setChoice] = useState(stored);
  const [isDark, setIsDark] = useState(system.matches);
  const theme = choice === "system" ? (isDark ? "dark" : "light") : choice;
  useEffect(() => {
    const change = (): void => setIsDark(system.matches);
    system.addEventListener("change", change);
    return () => {
      system.removeEventListener("change", change);
    };
  }, []);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(key, choice);
  }, [choice, theme]);
  return { choice, theme, choose: setChoice };
}
