import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import { useRead } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { TabPanel, Tabs } from "../../parts/Tabs.tsx";
import { Pages } from "../workflows/Pages.tsx";
import { NoticeList } from "./NoticeList.tsx";
import { useNotices } from "./use-notices.ts";

const perPage = 50;

/** What happened while one looked elsewhere. */
export function Notifications(): React.ReactNode {
  const { unread = false, page = 1 } = useSearch({ from: "/in/notifications" });
  const navigate = useNavigate({ from: "/notifications" });
  const query = { page, limit: perPage, unread };
  const list = useRead(api.listNotifications, { query }, { keepPrevious: true });
  const { open, readAll } = useNotices();
  const count = list.data?.unreadCount ?? 0;
  const tab = unread ? "unread" : "all";

  return (
    <Page narrow>
      <PageHead
        title="Notifications"
        actions={
          <Button onClick={readAll} disabledReason={count === 0 ? "All are read" : undefined}>
            Mark all as read
          </Button>
        }
      />
      <Tabs
        label="Which"
        value={tab}
        onChange={(next) => void navigate({ search: next === "unread" ? { unread: true } : {} })}
        tabs={[
          { id: "all", label: "All" },
          { id: "unread", label: "Unread", badge: count || undefined },
        ]}
      />
      <TabPanel tab={tab}>
        <Loaded
          query={list}
          empty={({ notifications }) =>
            notifications.length > 0 ? undefined : (
              <Empty
                title={unread ? "Nothing unread" : "Nothing yet"}
                text="Runs that end and clusters that stop answering are told here."
              />
            )
          }
        >
          {({ notifications, total }) => (
            <>
              <NoticeList notices={notifications} onOpen={open} />
              <Pages page={page} pages={Math.ceil(total / perPage)} />
            </>
          )}
        </Loaded>
      </TabPanel>
    </Page>
  );
}
