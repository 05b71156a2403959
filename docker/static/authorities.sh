#!/bin/sh
# Prints the certificates that Mozilla trusts to vouch for servers, in PEM.
# Usage: docker/static/authorities.sh certdata.txt
set -eu
export LC_ALL=C

# A line for each: the name, a tab, the bytes in octal. The trust of a certificate follows it under the same name.
trusted() {
    awk '
        /^CKA_CLASS /                                 { class = $3; in_value = 0 }
        /^CKA_LABEL UTF8 /                            { label = $0; sub(/^CKA_LABEL UTF8 "/, "", label); sub(/"$/, "", label) }
        /^CKA_VALUE MULTILINE_OCTAL/ && class == "CKO_CERTIFICATE" { in_value = 1; bytes = ""; next }
        /^END/ && in_value                            { in_value = 0; value[label] = bytes; next }
        in_value                                      { bytes = bytes $0 }
        /^CKA_TRUST_SERVER_AUTH .*CKT_NSS_TRUSTED_DELEGATOR/ && (label in value) { print label "\t" value[label] }
    ' "$1"
}

trusted "$1" | while IFS='	' read -r name octal; do
    # shellcheck disable=SC2059  # the bytes are written as a format's escapes
    printf '# %s\n-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n' "$name" \
        "$(printf "$octal" | base64 -w 64)"
done
