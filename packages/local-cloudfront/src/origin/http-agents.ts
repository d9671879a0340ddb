import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { OriginAddress } from "./origin-address.ts";

/** Kept-alive connections to origins. */
export interface HttpAgents {
  /**
   * Returns the agent for an address.
   *
   * @param keepaliveTimeoutSeconds for which an idle connection is kept
   */
  agentFor(address: OriginAddress, keepaliveTimeoutSeconds: number): HttpAgent;
  /** Whether they are closed: nothing goes out any more. */
  isClosed(): boolean;
  /** Has an exchange ended when the agents close; returns what takes that back. */
  onClose(end: () => void): () => void;
  /** Ends all exchanges, and closes all connections. */
  close(): void;
}

/** Returns agents without connections; one per protocol, checks of certificates and timeout. */
export function createHttpAgents(): HttpAgents {
  const agents = new Map<string, HttpAgent>();
  const exchanges = new Set<() => void>();
  let isClosed = false;
  return {
    agentFor(address, keepaliveTimeoutSeconds) {
      const { protocol, verifiesCertificate, allowedCertificateNames = [] } = address;
      const names = allowedCertificateNames.join(" ");
      const id = `${protocol} ${verifiesCertificate} ${keepaliveTimeoutSeconds} ${names}`;
      const existing = agents.get(id);
      if (existing !== undefined) return existing;
      const created = createAgent(protocol, verifiesCertificate, keepaliveTimeoutSeconds);
      agents.set(id, created);
      return created;
    },
    isClosed: () => isClosed,
    onClose(end) {
      exchanges.add(end);
      return () => exchanges.delete(end);
    },
    close() {
      isClosed = true;
      for (const end of exchanges) end();
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

function createAgent(
  protocol: OriginAddress["protocol"],
  verifiesCertificate: boolean,
  keepaliveTimeoutSeconds: number,
): HttpAgent {
  // The agent's timeout ends idle connections; that of a request is set on its socket.
  const options = { keepAlive: true, timeout: keepaliveTimeoutSeconds * 1000 };
  return protocol === "http"
    ? new HttpAgent(options)
    : new HttpsAgent({ ...options, rejectUnauthorized: verifiesCertificate });
}
