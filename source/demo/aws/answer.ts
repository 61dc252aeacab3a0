/** What an operation answers: its output (XML as text), or the name and message of the error it throws. */
export type Answer = {readonly body: object | string} | {readonly error: string; readonly message: string};

/** The region a request is for, and when it is asked (epoch ms). */
export type Place = {readonly region: string; readonly now: number};

export const failure = (error: string, message: string): Answer => ({error, message});
