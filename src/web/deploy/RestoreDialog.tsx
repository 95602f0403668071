import { useNavigate } from "@tanstack/react-router";
import { api } from "../../contract/api.ts";
import { invalidate, queries, queryOf } from "../api.ts";
import { graphOf } from "../canvas/graph.ts";
import { Confirm } from "../parts/Confirm.tsx";
import { toast } from "../parts/toast.ts";
import { useDraftEdit } from "./use-draft-edit.ts";

interface RestoreProps {
  id: string;
  version: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes an older drawing the draft: nothing is deployed by that, and undo takes it back. */
export function RestoreDialog({ id, version, open, onOpenChange }: RestoreProps) {
  const navigate = useNavigate();
  const edit = useDraftEdit(id);
  const restore = async () => {
    const params = { id, version: String(version) };
    const drawing = await queries.fetchQuery(queryOf(api.getVersion, { params }));
    await edit(`restore v${version}`, () => graphOf(drawing));
    await invalidate(api.listVersions);
    toast({
      tone: "ok",
      title: `The draft is v${version} again`,
      text: "Nothing was deployed. Undo takes it back.",
    });
    void navigate({ to: "/workflows/$id", params: { id } });
  };
  return (
    <Confirm
      title={`Restore v${version}?`}
      text="The draft becomes what this version was. What runs stays as it is until you deploy, and undo takes it back."
      action="Restore"
      open={open}
      onOpenChange={onOpenChange}
      onConfirm={() => void restore()}
    />
  );
}
