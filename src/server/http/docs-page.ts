import type { ApiDescription, OperationDescription } from "./describe-api.ts";
import { schemaText } from "./docs-schema.ts";

interface Place {
  method: string;
  path: string;
  operation: OperationDescription;
}

/** A page to read the API on: no script, nothing from elsewhere, and every word from the contract. */
export function docsPage({ paths }: ApiDescription): string {
  const places = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const groups = Map.groupBy(places, ({ operation }) => operation.tags[0] ?? "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Orrery API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/v1/docs.css">
</head>
<body>
<nav aria-label="Operations">
<h1>Orrery API</h1>
${Array.from(groups, ([tag, members]) => contents(tag, members)).join("\n")}
</nav>
<main>
<header>
<p>${places.length} operations. For programs there is the same as an <a href="/v1/openapi.json">OpenAPI document</a>.</p>
<p>Sign in with <a href="#login">POST /v1/api/auth/login</a> and send the token with every request:
<code>Authorization: Bearer …</code>. Whatever is refused is answered with
<code>{"error": "…", "details": [{"path": "…", "message": "…"}]}</code>.</p>
</header>
${Array.from(groups, ([tag, members]) => group(tag, members)).join("\n")}
</main>
</body>
</html>
`;
}

function contents(tag: string, members: readonly Place[]): string {
  const lines = members.map(
    ({ method, path, operation: { operationId } }) =>
      `<li><a href="#${text(operationId)}">${badge(method)} <span>${text(shortened(path))}</span></a></li>`,
  );
  return `<h2>${text(tag)}</h2>\n<ul>\n${lines.join("\n")}\n</ul>`;
}

function group(tag: string, members: readonly Place[]): string {
  return `<section>\n<h2>${text(tag)}</h2>\n${members.map(article).join("\n")}\n</section>`;
}

function article({ method, path, operation }: Place): string {
  const { operationId, summary, parameters, responses } = operation;
  const access = "security" in operation ? (operation.description ?? "Needs a token.") : "Open to everybody.";
  return [
    `<article id="${text(operationId)}">`,
    `<h3>${badge(method)} <code>${text(path)}</code></h3>`,
    `<p>${text(summary)}. <em>${text(access)}</em></p>`,
    ...(parameters.length > 0 ? [parameterTable(parameters)] : []),
    ...("requestBody" in operation ? [block("Body", operation.requestBody)] : []),
    ...Object.entries(responses)
      .filter(([status]) => status !== "default")
      .map(([status, response]) => block(`Answer ${status}`, response)),
    "</article>",
  ].join("\n");
}

function parameterTable(parameters: OperationDescription["parameters"]): string {
  const rows = parameters.map(
    ({ name, in: where, schema }) =>
      `<tr><td><code>${text(name)}</code></td><td>${where}</td><td><code>${text(schemaText(schema))}</code></td></tr>`,
  );
  return `<table>\n<tr><th>Parameter</th><th>In</th><th>Value</th></tr>\n${rows.join("\n")}\n</table>`;
}

/** Whatever is described by schemas, folded where it is long. */
function block(title: string, described: unknown): string {
  const shown = text(shapesIn(described).join("\n\n"));
  const isLong = shown.split("\n").length > 14;
  return `<details${isLong ? "" : " open"}><summary>${text(title)}</summary><pre>${shown}</pre></details>`;
}

interface Described {
  content?: Record<string, { schema?: object; "x-events"?: Record<string, object> }>;
  "x-hears"?: object;
  "x-says"?: object;
}

function shapesIn(described: unknown): string[] {
  const { content = {}, "x-hears": hears, "x-says": says } = described as Described;
  const named = Object.values(content).flatMap(({ schema, "x-events": events = {} }) => [
    ...(schema ? [schemaText(schema)] : []),
    ...Object.entries(events).map(([name, event]) => `event: ${name}\ndata: ${schemaText(event)}`),
  ]);
  const spoken = [hears && `you say: ${schemaText(hears)}`, says && `you hear: ${schemaText(says)}`];
  return [...named, ...spoken.filter((each) => each !== undefined)];
}

function badge(method: string): string {
  return `<b class="${text(method)}">${text(method.toUpperCase())}</b>`;
}

function shortened(path: string): string {
  return path.replace("/v1/api", "");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function text(words: string): string {
  return words.replace(/[&<>"]/g, (each) => entities[each] ?? each);
}
