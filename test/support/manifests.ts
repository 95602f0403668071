import { readdirSync, readFileSync } from "node:fs";
import { CST, Lexer } from "yaml";
import { catalog } from "../../src/core/catalog/catalog.ts";

/** What people run, as they write it down: a folder for each kind of node. */
export interface Manifest {
  /** Its place: the type of the node it is of, and its name. */
  place: string;
  type: string;
  text: string;
  /** All comments in it, without the sign. */
  comments: string[];
}

const folder = "test/data/manifests";

export const manifests: readonly Manifest[] = [...catalog.keys()].flatMap((type) =>
  readdirSync(`${folder}/${type}`).map((file) => {
    const text = readFileSync(`${folder}/${type}/${file}`, "utf8");
    return { place: `${type}/${file.replace(".yaml", "")}`, type, text, comments: commentsIn(text) };
  }),
);

function commentsIn(text: string): string[] {
  const tokens = [...new Lexer().lex(text)];
  return tokens.flatMap((token, index) =>
    token.startsWith("#") && tokens[index - 1] !== CST.SCALAR ? [token.slice(1)] : [],
  );
}
