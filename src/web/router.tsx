import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";
import { clusterTabs } from "./pages/clusters-one/tabs.ts";
import { resourceSearch } from "./pages/resource/resource-search.ts";
import { resourcesSearch } from "./pages/resources/resources-search.ts";
import { later } from "./parts/later.tsx";
import { flag, oneOf, searchParams, text, wholeNumber } from "./search-params.ts";
import { useSession } from "./session.ts";
import { NotFound } from "./shell/NotFound.tsx";
import { PageError } from "./shell/PageError.tsx";
import { Shell } from "./shell/Shell.tsx";

const root = createRootRoute({ component: Outlet });

/** What is seen by those who are signed in, within the one shell: `useParams({ from: "/in/workflows/$id" })`. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "in",
  component: Shell,
  beforeLoad: ({ location }) => {
    if (!useSession.getState().user) throw redirect({ to: "/login", search: { to: location.href } });
  },
});

const outside = { getParentRoute: () => root };
const within = { getParentRoute: () => inside };

// Pages say what they return: else their insides, which know the routes, would have to be known to know the routes.
// And the lists stand by themselves: within `addChildren` each route would be taken for any.
const entrances = [
  createRoute({
    ...outside,
    path: "/login",
    validateSearch: searchParams({ to: text, error: text }),
    component: later(() => import("./pages/login/Login.tsx"), "Login", "page"),
  }),
  createRoute({
    ...outside,
    path: "/signup",
    validateSearch: searchParams({ to: text, invite: text }),
    component: later(() => import("./pages/login/SignUp.tsx"), "SignUp", "page"),
  }),
] as const;

const pages = [
  createRoute({
    ...within,
    path: "/",
    component: later(() => import("./pages/home/Home.tsx"), "Home", "page"),
  }),
  createRoute({
    ...within,
    path: "/welcome",
    component: later(() => import("./pages/welcome/Welcome.tsx"), "Welcome", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows",
    validateSearch: searchParams({
      status: oneOf("draft", "published", "archived"),
      search: text,
      page: wholeNumber,
      sort: oneOf("name", "updated_at", "created_at"),
      order: oneOf("asc", "desc"),
    }),
    component: later(() => import("./pages/workflows/Workflows.tsx"), "Workflows", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/new",
    validateSearch: searchParams({ stack: text }),
    component: later(() => import("./pages/workflows-new/NewWorkflow.tsx"), "NewWorkflow", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/settings",
    component: later(
      () => import("./pages/workflow-settings/WorkflowSettings.tsx"),
      "WorkflowSettings",
      "page",
    ),
  }),
  createRoute({
    ...within,
    path: "/notifications",
    validateSearch: searchParams({ unread: flag, page: wholeNumber }),
    component: later(() => import("./pages/notifications/Notifications.tsx"), "Notifications", "page"),
  }),
  createRoute({
    ...within,
    path: "/profile",
    component: later(() => import("./pages/profile/Profile.tsx"), "Profile", "page"),
  }),
  createRoute({
    ...within,
    path: "/admin",
    component: later(() => import("./pages/admin/Admin.tsx"), "Admin", "page"),
  }),
  createRoute({
    ...within,
    path: "/clusters",
    component: later(() => import("./pages/clusters/Clusters.tsx"), "Clusters", "page"),
  }),
  createRoute({
    ...within,
    path: "/clusters/new",
    component: later(() => import("./pages/clusters-new/NewCluster.tsx"), "NewCluster", "page"),
  }),
  createRoute({
    ...within,
    path: "/clusters/$name",
    validateSearch: searchParams({ tab: oneOf(...clusterTabs) }),
    component: later(() => import("./pages/clusters-one/ClusterPage.tsx"), "ClusterPage", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id",
    validateSearch: searchParams({
      view: oneOf("draft", "live"),
      node: text,
      panel: oneOf("settings", "yaml", "live", "problems"),
    }),
    component: later(() => import("./pages/workflow/Workflow.tsx"), "Workflow", "page"),
  }),
  createRoute({
    ...within,
    path: "/resources",
    validateSearch: resourcesSearch,
    component: later(() => import("./pages/resources/Resources.tsx"), "Resources", "page"),
  }),
  createRoute({
    ...within,
    path: "/resources/$id",
    validateSearch: resourceSearch,
    component: later(() => import("./pages/resource/ResourcePage.tsx"), "ResourcePage", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/plan",
    validateSearch: searchParams({
      cluster: text,
      namespace: text,
      version: wholeNumber,
      intent: oneOf("deploy", "undeploy"),
      node: text,
    }),
    component: later(() => import("./pages/plan/PlanPage.tsx"), "PlanPage", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/runs",
    validateSearch: searchParams({ page: wholeNumber }),
    component: later(() => import("./pages/runs/RunsPage.tsx"), "RunsPage", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/runs/$run",
    validateSearch: searchParams({
      tab: oneOf("progress", "timeline", "log", "plan", "evidence"),
      node: text,
      level: oneOf("info", "warning", "error"),
      search: text,
    }),
    component: later(() => import("./pages/run/RunPage.tsx"), "RunPage", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/versions",
    validateSearch: searchParams({ page: wholeNumber }),
    component: later(() => import("./pages/versions/VersionsPage.tsx"), "VersionsPage", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/versions/$version",
    validateSearch: searchParams({ node: text }),
    component: later(() => import("./pages/version/VersionPage.tsx"), "VersionPage", "page"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/compare",
    validateSearch: searchParams({ from: text, to: text, at: text, all: flag }),
    component: later(() => import("./pages/compare/ComparePage.tsx"), "ComparePage", "page"),
  }),
  createRoute({ ...within, path: "$", component: NotFound }),
] as const;

const tree = root.addChildren([...entrances, inside.addChildren(pages)]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
