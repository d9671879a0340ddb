import type { ViewerProfile } from "./edge-location/viewer-profile.ts";

/** How a local CloudFront is started. */
export interface LocalCloudFrontOptions {
  /** A cloud assembly (`cdk.out`) or a CloudFormation template, JSON or YAML. */
  readonly assembly: string;
  /**
   * The stack's name.
   * @default - the only stack that has a distribution
   */
  readonly stack?: string;
  /**
   * The distribution's logical id.
   * @default - the stack's only distribution
   */
  readonly distribution?: string;
  /**
   * The port for viewers; 0 takes a free one.
   * @default 8787
   */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /**
   * Whether viewers speak TLS, HTTP/2 included, with a certificate made at start.
   * @default false
   */
  readonly https?: boolean;
  /**
   * The side of the distribution that the port stands for, whatever the socket itself speaks.
   * @default "https"
   */
  readonly viewerProtocol?: "http" | "https";
  /**
   * Where an origin's content comes from, by the origin's id or its bucket's logical id: a folder
   * or a URL.
   * @default - the bucket's metadata, then a CDK bucket deployment; custom origins at their name
   */
  readonly origins?: Readonly<Record<string, string>>;
  /**
   * Who viewers are to CloudFront: their country, their device.
   * @default - a desktop computer in the US
   */
  readonly viewer?: ViewerProfile;
  /**
   * Values for the template's parameters.
   * @default - each parameter's default
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * How many traces are kept.
   * @default 1000
   */
  readonly maxTraces?: number;
}
