import { api } from "../../../contract/api.ts";
import { invalidate, useSend } from "../../api.ts";
import { toast } from "../../parts/toast.ts";
import { toastFailure } from "../../parts/toast-failure.ts";

/** What is known of workflows may have changed. */
export function workflowsChanged(): Promise<unknown> {
  return Promise.all([
    invalidate(api.listWorkflows),
    invalidate(api.getWorkflow),
    invalidate(api.listRecentWorkflows),
    invalidate(api.getDashboardStats),
  ]);
}

/** What can be done with a workflow from wherever it is shown. */
export function useWorkflowDeeds(id: string, name: string) {
  const params = { id };
  const onSettled = workflowsChanged;
  const unarchive = useSend(api.setWorkflowStatus, {
    onSuccess: () => toast({ tone: "ok", title: `${name} is a draft again` }),
    onError: toastFailure(`${name} could not be unarchived`),
    onSettled,
  });
  const archive = useSend(api.setWorkflowStatus, {
    onSuccess: ({ warning }) =>
      toast({ tone: warning ? "warn" : "ok", title: `${name} is archived`, text: warning }),
    onSettled,
  });
  const remove = useSend(api.deleteWorkflow, {
    onSuccess: () => toast({ tone: "ok", title: `${name} is deleted` }),
    onSettled: () => Promise.all([invalidate(api.listWorkflows), invalidate(api.listRecentWorkflows)]),
  });
  const clone = useSend(api.cloneWorkflow, { onSettled });
  const rename = useSend(api.updateWorkflow, { onSettled });

  return {
    unarchive: () => unarchive.mutate({ params, body: { status: "draft" } }),
    archive: {
      ...archive,
      /** Leaves in the cluster what it deployed: that goes by a plan alone. */
      start: (done: () => void) =>
        archive.mutate({ params, body: { status: "archived", cleanup: false } }, { onSuccess: done }),
    },
    remove: { ...remove, start: (done: () => void) => remove.mutate({ params }, { onSuccess: done }) },
    clone: {
      ...clone,
      start: (newName: string, done: (id: string) => void) =>
        clone.mutate({ params, body: { name: newName } }, { onSuccess: ({ workflow }) => done(workflow.id) }),
    },
    rename: {
      ...rename,
      start: (newName: string, done: () => void) =>
        rename.mutate({ params, body: { name: newName } }, { onSuccess: done }),
    },
  };
}
