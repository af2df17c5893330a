/**
 * The HTTP API: requests as JSON become commands of the runtime socket, and what they say becomes JSON.
 *
 * <p>Owner: the worker of the request; commands run on the Conductor. Must not know: what any command does.
 */
package dev.weir.admin.web;
