import { create } from "zustand";

export interface Preferences {
  theme: "system" | "light" | "dark";
  density: "normal" | "compact";
  motion: "system" | "reduced" | "full";
  /** What the wheel does on a canvas. */
  wheel: "pan" | "zoom";
  /** Whether letters alone are commands. */
  singleKeys: boolean;
  rail: "wide" | "narrow";
}

const key = "orrery-preferences";
const usual: Preferences = {
  theme: "system",
  density: "normal",
  motion: "system",
  wheel: "pan",
  singleKeys: true,
  rail: "wide",
};

/** How somebody likes this device to look and to behave. */
export const usePreferences = create<Preferences>()(() => stored());

export function prefer(change: Partial<Preferences>): void {
  const next = { ...usePreferences.getState(), ...change };
  localStorage.setItem(key, JSON.stringify(next));
  usePreferences.setState(next, true);
}

/** Makes the document look as is preferred, in this and every other tab. */
export function applyPreferences(): void {
  dress(usePreferences.getState());
  usePreferences.subscribe(dress);
  window.addEventListener("storage", (event) => {
    if (event.key === key) usePreferences.setState(stored(), true);
  });
}

function dress({ theme, density, motion }: Preferences): void {
  // The stylesheet knows what to do where nothing is said.
  for (const [name, value] of Object.entries({ theme, density, motion }))
    if (value === "system" || value === "normal") delete document.documentElement.dataset[name];
    else document.documentElement.dataset[name] = value;
}

function stored(): Preferences {
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return usual;
  }
}
