import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { clusterTabs } from "./pages/clusters-one/tabs.ts";
import { resourceSearch } from "./pages/resource/resource-search.ts";
import { resourcesSearch } from "./pages/resources/resources-search.ts";
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
    component: lazyRouteComponent(() => import("./pages/login/Login.tsx"), "Login"),
  }),
  createRoute({
    ...outside,
    path: "/signup",
    validateSearch: searchParams({ to: text, invite: text }),
    component: lazyRouteComponent(() => import("./pages/login/SignUp.tsx"), "SignUp"),
  }),
] as const;

const pages = [
  createRoute({
    ...within,
    path: "/",
    component: lazyRouteComponent(() => import("./pages/home/Home.tsx"), "Home"),
  }),
  createRoute({
    ...within,
    path: "/welcome",
    component: lazyRouteComponent(() => import("./pages/welcome/Welcome.tsx"), "Welcome"),
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
    component: lazyRouteComponent(() => import("./pages/workflows/Workflows.tsx"), "Workflows"),
  }),
  createRoute({
    ...within,
    path: "/workflows/new",
    validateSearch: searchParams({ stack: text }),
    component: lazyRouteComponent(() => import("./pages/workflows-new/NewWorkflow.tsx"), "NewWorkflow"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/settings",
    component: lazyRouteComponent(
      () => import("./pages/workflow-settings/WorkflowSettings.tsx"),
      "WorkflowSettings",
    ),
  }),
  createRoute({
    ...within,
    path: "/notifications",
    validateSearch: searchParams({ unread: flag, page: wholeNumber }),
    component: lazyRouteComponent(() => import("./pages/notifications/Notifications.tsx"), "Notifications"),
  }),
  createRoute({
    ...within,
    path: "/profile",
    component: lazyRouteComponent(() => import("./pages/profile/Profile.tsx"), "Profile"),
  }),
  createRoute({
    ...within,
    path: "/admin",
    component: lazyRouteComponent(() => import("./pages/admin/Admin.tsx"), "Admin"),
  }),
  createRoute({
    ...within,
    path: "/clusters",
    component: lazyRouteComponent(() => import("./pages/clusters/Clusters.tsx"), "Clusters"),
  }),
  createRoute({
    ...within,
    path: "/clusters/new",
    component: lazyRouteComponent(() => import("./pages/clusters-new/NewCluster.tsx"), "NewCluster"),
  }),
  createRoute({
    ...within,
    path: "/clusters/$name",
    validateSearch: searchParams({ tab: oneOf(...clusterTabs) }),
    component: lazyRouteComponent(() => import("./pages/clusters-one/ClusterPage.tsx"), "ClusterPage"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id",
    validateSearch: searchParams({
      view: oneOf("draft", "live"),
      node: text,
      panel: oneOf("settings", "yaml", "live", "problems"),
    }),
    component: lazyRouteComponent(() => import("./pages/workflow/Workflow.tsx"), "Workflow"),
  }),
  createRoute({
    ...within,
    path: "/resources",
    validateSearch: resourcesSearch,
    component: lazyRouteComponent(() => import("./pages/resources/Resources.tsx"), "Resources"),
  }),
  createRoute({
    ...within,
    path: "/resources/$id",
    validateSearch: resourceSearch,
    component: lazyRouteComponent(() => import("./pages/resource/ResourcePage.tsx"), "ResourcePage"),
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
    component: lazyRouteComponent(() => import("./pages/plan/PlanPage.tsx"), "PlanPage"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/runs",
    validateSearch: searchParams({ page: wholeNumber }),
    component: lazyRouteComponent(() => import("./pages/runs/RunsPage.tsx"), "RunsPage"),
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
    component: lazyRouteComponent(() => import("./pages/run/RunPage.tsx"), "RunPage"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/versions",
    validateSearch: searchParams({ page: wholeNumber }),
    component: lazyRouteComponent(() => import("./pages/versions/VersionsPage.tsx"), "VersionsPage"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/versions/$version",
    validateSearch: searchParams({ node: text }),
    component: lazyRouteComponent(() => import("./pages/version/VersionPage.tsx"), "VersionPage"),
  }),
  createRoute({
    ...within,
    path: "/workflows/$id/compare",
    validateSearch: searchParams({ from: text, to: text, at: text, all: flag }),
    component: lazyRouteComponent(() => import("./pages/compare/ComparePage.tsx"), "ComparePage"),
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
