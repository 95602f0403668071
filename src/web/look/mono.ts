// The letters of code, logs and ids come with the views that show them, and not before.
import "@fontsource-variable/jetbrains-mono/wght.css";
