/** One header line of an event: `key` is the name as it was seen on the wire. */
export interface EventHeader {
  key: string;
  value: string;
}

/**
 * One header line of a result. Without a `key`, CloudFront writes the property name with each
 * hyphenated part capitalised (LE-B-16).
 */
export interface ResultHeader {
  key?: string;
  value: string;
}

/**
 * The headers of an event, keyed by lower-case name; one array element per header line.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
 */
export type EventHeaders = Record<string, EventHeader[]>;

/** The headers of a result. Every event's headers are valid here, so that they can be returned as they are. */
export type ResultHeaders = Record<string, ResultHeader[]>;
