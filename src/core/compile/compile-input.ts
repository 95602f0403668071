import type { Design } from "../../contract/design.ts";

type ByNode<T> = Readonly<Record<string, T>>;

export interface CompileInput {
  workflow_id: string;
  design: Design;
  /** For nodes that name none. */
  namespace: string;
  /** Given to this run: by node id and key. */
  values?: { secrets?: ByNode<Record<string, string>>; env?: ByNode<Record<string, string>> };
  /** Keys that the cluster already holds: by node id. */
  present?: { secretKeys?: ByNode<readonly string[]>; envKeys?: ByNode<readonly string[]> };
}
