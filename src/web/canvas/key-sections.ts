import type { KeySection } from "../shell/key-map.ts";

export const movingKeys: KeySection = {
  title: "Canvas, moving about",
  keys: [
    [["←", "→", "↑", "↓"], "Nearest card that way"],
    [["]", "["], "Along an edge, out and in"],
    [["Home", "End"], "First and last in reading order"],
    [["Enter"], "Open in the inspector"],
    [["Space"], "Select; with Shift, add"],
    [["/"], "Search"],
    [["O"], "Outline"],
    [["!"], "Problems"],
    [["1", "2", "3"], "Draft, Plan, Live"],
    [["+", "−", "0"], "Zoom, fit"],
    [["Shift ←"], "Pan"],
    [["Z"], "Zoom to the selection"],
  ],
};

export const editingKeys: KeySection = {
  title: "Canvas, editing",
  keys: [
    [["A"], "Add"],
    [["C"], "Connect or disconnect"],
    [["M"], "Move: arrows 8 px, with Shift 40; Enter keeps, Esc puts back"],
    [["F2"], "Rename"],
    [["Del"], "Remove"],
    [["Ctrl Z", "Ctrl Shift Z"], "Undo, redo"],
    [["Ctrl C", "X", "V", "D"], "Copy, cut, paste, duplicate"],
    [["Ctrl A"], "Select all"],
    [["Ctrl G"], "Group"],
    [["T"], "Tidy"],
    [["Shift F10"], "All actions"],
    [["Ctrl S"], "Save now"],
    [["Ctrl Enter"], "Review"],
  ],
};
