import { type Json, map } from "./objects.ts";

type Review = (body: Json) => object;

const allowed = { verbs: ["*"], apiGroups: ["*"], resources: ["*"] };

/** Questions that are asked as objects and answered at once: every tenant may do anything in their own cluster. */
export function reviewOf(path: string, tenant: string): Review | undefined {
  const review = Object.hasOwn(reviews, path) ? reviews[path] : undefined;
  return review && ((body) => ({ ...map(body), ...review(tenant) }));
}

const reviews: Readonly<Record<string, (tenant: string) => object>> = {
  "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews": () => ({
    ...about("authorization.k8s.io/v1", "SelfSubjectAccessReview"),
    status: { allowed: true, reason: "the sandbox is its owner's" },
  }),
  "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews": () => ({
    ...about("authorization.k8s.io/v1", "SelfSubjectRulesReview"),
    status: {
      resourceRules: [allowed],
      nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
      incomplete: false,
    },
  }),
  "/apis/authentication.k8s.io/v1/selfsubjectreviews": (tenant) => ({
    ...about("authentication.k8s.io/v1", "SelfSubjectReview"),
    status: { userInfo: { username: tenant, groups: ["system:masters", "system:authenticated"] } },
  }),
};

function about(apiVersion: string, kind: string): object {
  return { kind, apiVersion, metadata: { creationTimestamp: null } };
}
