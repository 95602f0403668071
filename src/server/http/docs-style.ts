export const docsStyle = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2433, #e4e8f1);
  --faint: light-dark(#5d6880, #98a3ba);
  --paper: light-dark(#ffffff, #12161f);
  --panel: light-dark(#f5f7fb, #191f2b);
  --line: light-dark(#dfe4ee, #2b3446);
  --accent: light-dark(#2a5bd7, #86aaff);
}
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 21rem minmax(0, 1fr); color: var(--ink);
  background: var(--paper); font: 15px/1.55 system-ui, sans-serif; }
a { color: var(--accent); }
code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.25rem 1rem; background: var(--panel);
  border-right: 1px solid var(--line); }
nav h1 { margin: 0 0 1rem; font-size: 1.15rem; }
nav h2 { margin: 1.25rem 0 .35rem; font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--faint); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); align-items: baseline; gap: .5rem; padding: .2rem .25rem; border-radius: 5px;
  color: inherit; font-size: 13px; text-decoration: none; overflow-wrap: anywhere; }
nav a:hover, nav a:focus-visible { background: var(--line); }
main { padding: 1.5rem 2.5rem 6rem; max-width: 62rem; }
section > h2 { margin: 2.5rem 0 .75rem; font-size: 1.35rem; text-transform: capitalize; }
article { margin: 0 0 1rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 10px; scroll-margin-top: 1rem; }
article:target { border-color: var(--accent); }
article h3 { margin: 0; font-size: 1rem; font-weight: 500; overflow-wrap: anywhere; }
article h3 code { font-size: 14px; }
article p { margin: .4rem 0 .8rem; }
em { color: var(--faint); font-style: normal; }
b { display: inline-block; min-width: 3.6rem; padding: 0 .35rem; border-radius: 4px; color: #fff; background: #56627a;
  font: 600 11px/18px ui-monospace, Menlo, Consolas, monospace; text-align: center; }
b.get { background: #1f6f4a; }
b.post { background: #2a5bd7; }
b.put, b.patch { background: #8a5a00; }
b.delete { background: #b3261e; }
table { width: 100%; margin: 0 0 .8rem; border-collapse: collapse; }
th { color: var(--faint); font-size: 12px; font-weight: 500; text-align: left; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; font-size: 13px; }
summary { cursor: pointer; color: var(--faint); font-size: 13px; }
pre { margin: .4rem 0 .6rem; padding: .75rem 1rem; overflow: auto; border-radius: 8px; background: var(--panel); }
@media (max-width: 50rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 45vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1rem; }
}
`;
