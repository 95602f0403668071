import { api } from "../../../contract/api.ts";
import type { Mount } from "../../http/mount.ts";
import { findAll, type SearchNeeds } from "./find-all.ts";

export function searchRoutes(mount: Mount, needs: SearchNeeds): void {
  mount.endpoint(api.search, ({ query, user }) => findAll(needs, user.id, query.q));
}
