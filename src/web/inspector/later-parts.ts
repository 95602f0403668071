import { later } from "../parts/later.tsx";

// What reads and writes YAML is large, and few forms need it.
export const YamlTab = later(() => import("./YamlTab.tsx"), "YamlTab");
export const LoadedYamlBox = later(() => import("./widgets/LoadedYamlBox.tsx"), "LoadedYamlBox");
