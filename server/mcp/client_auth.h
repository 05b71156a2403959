/* How an OAuth client authenticates, in the words of RFC 7591. */
#ifndef DUVO_MCP_CLIENT_AUTH_H
#define DUVO_MCP_CLIENT_AUTH_H

/* How the client proves at the token endpoint who it is. */
enum client_auth { CLIENT_NONE, CLIENT_BASIC, CLIENT_POST };

extern const char *const client_auth_names[]; /* `none`, `client_secret_basic`, `client_secret_post`; ends with NULL */

#endif
