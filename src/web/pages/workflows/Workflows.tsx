import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { api } from "../../../contract/api.ts";
import { useRead } from "../../api.ts";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page, Panel } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Filters } from "./Filters.tsx";
import { Pages } from "./Pages.tsx";
import { WorkflowTable } from "./WorkflowTable.tsx";

const perPage = 50;

/** All workflows of whoever looks, and what can be done with them. */
export function Workflows(): React.ReactNode {
  const {
    page = 1,
    sort = "updated_at",
    order = "desc",
    search = "",
    status,
  } = useSearch({
    from: "/in/workflows",
  });
  const query = {
    ...{ page, sort, order, search, limit: perPage, fields: "summary" as const },
    ...(status && { status }),
  };
  const list = useRead(api.listWorkflows, { query }, { keepPrevious: true });
  const navigate = useNavigate({ from: "/workflows" });
  const isFiltered = search !== "" || status !== undefined;

  return (
    <Page>
      <PageHead
        title="Workflows"
        actions={
          <Link to="/workflows/new" className={buttonClass({ variant: "primary" })}>
            <Plus size={16} aria-hidden /> New workflow
          </Link>
        }
      />
      <Panel>
        <Filters />
        <Loaded
          query={list}
          empty={({ total }) => (total > 0 ? undefined : isFiltered ? <NothingFits /> : <NothingYet />)}
        >
          {({ workflows, total }) => (
            <>
              <WorkflowTable
                workflows={workflows}
                sort={{ by: sort, order }}
                onSort={({ by, order: next }) =>
                  void navigate({ search: (before) => ({ ...before, sort: by as typeof sort, order: next }) })
                }
              />
              <Pages page={page} pages={Math.ceil(total / perPage)} />
            </>
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function NothingYet() {
  return (
    <Empty
      title="No workflows yet"
      text="A workflow is a drawing of an application: what it is made of, and how the parts hang together."
      action={
        <Link to="/workflows/new" className={buttonClass({ variant: "primary" })}>
          New workflow
        </Link>
      }
    />
  );
}

function NothingFits() {
  const navigate = useNavigate({ from: "/workflows" });
  return (
    <Empty
      title="No workflow fits these filters"
      action={<Button onClick={() => void navigate({ search: {} })}>Clear filters</Button>}
    />
  );
}
