import type { ScalarTag, Tags } from "yaml";

type Resolve = (written: string) => boolean | number;

/** Without a way of writing: these are read only, and kept in quotes where a text happens to look like them. */
const read = (tag: "bool" | "int" | "float", test: RegExp, resolve: Resolve): ScalarTag => ({
  tag: `tag:yaml.org,2002:${tag}`,
  default: true,
  test,
  resolve,
});

const plain = (written: string) => written.replaceAll("_", "");

function whole(written: string): number {
  const [, sign = "", base = "", digits = ""] = /^([-+]?)(0[box]?(?=.))?(.*)$/.exec(plain(written)) ?? [];
  const amount = Number.parseInt(digits, { "0b": 2, "0x": 16, "0o": 8, "0": 8 }[base] ?? 10);
  return sign === "-" ? -amount : amount;
}

const yes = /^(?:y|yes|on|true)$/i;

/** What Kubernetes' own clients read that YAML 1.2 has given up: `0644` is octal to them, and `on` is true. */
const older: ScalarTag[] = [
  read("bool", /^(?:[YyNn]|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF)$/, (written) => yes.test(written)),
  read("int", /^(?:[-+]_*)?0(?:o?[0-7_]+|b[01_]+|x[0-9a-fA-F_]+)$/, whole),
  read("int", /^(?:[-+]_*)?[0-9][0-9_]*$/, (written) => Number(plain(written))),
  read(
    "float",
    /^(?:[-+]_*)?(?:\._*[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
    (written) => Number(plain(written)),
  ),
];

/** YAML as Kubernetes' own clients read it, to be read and to be written for them. */
export const dialect = { merge: true, customTags: (tags: Tags): Tags => [...older, ...tags] };
