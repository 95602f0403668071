import { Clean, Errors } from "typebox/value";
import { expect } from "vitest";
import type { Client } from "../../src/client/client.ts";

/** Production trusts its own answers; here each is held to the contract, down to undeclared fields. */
export function strict(client: Client): Client {
  return {
    ...client,
    async call(endpoint, input, options) {
      const answer = await client.call(endpoint, input, options);
      expect(Errors(endpoint.result, answer)).toEqual([]);
      expect(Clean(endpoint.result, structuredClone(answer))).toEqual(answer);
      return answer;
    },
  };
}
