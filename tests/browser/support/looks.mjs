// The ways in which a page is looked at: with and without scripts, on three widths, in both themes.

export const WIDTHS = [320, 768, 1280];
export const THEMES = ["light", "dark"];

function look(scripts, width, theme) {
  return { scripts, width, theme, name: `${scripts ? "scripts" : "no-scripts"}-${width}-${theme}` };
}

export const LOOKS = [true, false].flatMap((scripts) =>
  WIDTHS.flatMap((width) => THEMES.map((theme) => look(scripts, width, theme))),
);

// Where one look is enough.
export const PLAIN = look(true, 1280, "light");
export const NARROW = look(true, 320, "dark");
export const SCRIPTLESS = look(false, 320, "light");
