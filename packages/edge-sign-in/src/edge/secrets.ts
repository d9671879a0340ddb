import { AwsClient } from "aws4fetch";
import type { Secret } from "./compiled-edge-sign-in.ts";
import { type SignInPorts, systemClock } from "./sign-in-ports.ts";

const region = "us-east-1";
/** After that a secret is read anew: it is rotated without a deploy. */
const oldAfterMs = 10 * 60_000;
/** A viewer-request function has five seconds. */
const timeoutMs = 2000;

interface ReadSecret {
  readonly text: string;
  readonly readAt: number;
}

/** The responses of the two services, as far as they are read. */
interface SecretResponse {
  readonly SecretString?: unknown;
  readonly Parameter?: { readonly Value?: unknown };
}

/** A service that keeps secrets: its request, and what its response holds. */
interface SecretService {
  readonly name: string;
  readonly target: string;
  readonly asked: object;
  textOf(response: SecretResponse): unknown;
}

/** Reads secrets, for as long as the execution environment lives. While a service is down the last ones count. */
export class Secrets {
  readonly #ports: SignInPorts;
  readonly #read = new Map<string, ReadSecret>();

  constructor(ports: SignInPorts) {
    this.#ports = ports;
  }

  /** @throws {Error} when it cannot be read, and never was */
  async textOf(secret: Secret): Promise<string> {
    if ("text" in secret) return secret.text;
    const { clock = systemClock } = this.#ports;
    const key = JSON.stringify(secret);
    const before = this.#read.get(key);
    if (before !== undefined && clock.now() - before.readAt < oldAfterMs) return before.text;
    try {
      const text = await this.#fetch(secret);
      this.#read.set(key, { text, readAt: clock.now() });
      return text;
    } catch (error) {
      if (before === undefined) throw error;
      return before.text;
    }
  }

  async #fetch(secret: Exclude<Secret, { readonly text: string }>): Promise<string> {
    const { name, target, asked, textOf } = serviceOf(secret);
    const { env } = process;
    const client = new AwsClient({
      accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
      ...(env["AWS_SESSION_TOKEN"] && { sessionToken: env["AWS_SESSION_TOKEN"] }),
      service: name,
      region,
      retries: 1,
    });
    const url = this.#ports.awsEndpoint ?? `https://${name}.${region}.amazonaws.com/`;
    const response = await client.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = response.ok ? textOf((await response.json()) as SecretResponse) : undefined;
    if (typeof text === "string" && text !== "") return text;
    throw new Error(`${name} gives no ${JSON.stringify(secret)}: status ${response.status}`);
  }
}

function serviceOf(secret: Exclude<Secret, { readonly text: string }>): SecretService {
  return "secretId" in secret
    ? {
        name: "secretsmanager",
        target: "secretsmanager.GetSecretValue",
        asked: { SecretId: secret.secretId },
        textOf: ({ SecretString }) => SecretString,
      }
    : {
        name: "ssm",
        target: "AmazonSSM.GetParameter",
        asked: { Name: secret.parameter, WithDecryption: true },
        textOf: ({ Parameter }) => Parameter?.Value,
      };
}
