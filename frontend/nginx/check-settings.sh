#!/bin/sh
# The image's entrypoint runs this before nginx. It checks the settings that end up in nginx's configuration, and writes two
# things into conf.d: the proxies whose X-Forwarded-For is believed, and $backend for proxy.conf. nginx keeps looking that
# name up while it runs, since the backend may start later than nginx, move and restart.
set -eu

target=/etc/nginx/conf.d/settings.conf

fail() {
    echo "error: $1" >&2
    exit 1
}

matches() { # matches VALUE REGEX: the whole value, not one of its lines
    printf %s "$1" | tr '\n' '?' | grep -Eqx "$2"
}

octet='(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])'
ipv4="($octet\.){3}$octet(/(3[0-2]|[12]?[0-9]))?"
ipv6='[0-9A-Fa-f]*:[0-9A-Fa-f:]+(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?'

matches "$BACKEND_URL" 'http://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(:[0-9]+)?/?' ||
    fail "BACKEND_URL is '$BACKEND_URL', but must be like http://backend:8000"
matches "$RATE_LIMIT" '[1-9][0-9]{0,5}' ||
    fail "RATE_LIMIT is '$RATE_LIMIT', but must be a number of requests per second, like 50"

matches "$RESOLVE_SECONDS" '[1-9][0-9]{0,4}' ||
    fail "RESOLVE_SECONDS is '$RESOLVE_SECONDS', but must be how many seconds an address is kept, like 60"

set -f
for proxy in $(printf %s "$TRUSTED_PROXIES" | tr , ' '); do
    matches "$proxy" "$ipv4|$ipv6" ||
        fail "TRUSTED_PROXIES is '$TRUSTED_PROXIES', but must be addresses or networks, like '10.0.0.0/8, fd00::1'"
    echo "set_real_ip_from $proxy;"
done >"$target"

address=${BACKEND_URL#http://}
address=${address%/}

brackets() { # around IPv6 addresses
    sed '/:/s/.*/[&]/'
}

# nginx asks name servers only, so a name of /etc/hosts (localhost, docker run --add-host) is looked up here.
host=${address%%:*}
fixed=$(awk -v name="$host" '{ for (i = 2; i <= NF; i++) if ($i == name) { print $1; exit } }' /etc/hosts | brackets)
address=${fixed:-$host}${address#"$host"}
servers=$(awk '$1 == "nameserver" && $2 !~ /%/ { print $2 }' /etc/resolv.conf | brackets | tr '\n' ' ')

# Since nginx 1.27.3 an upstream, which keeps connections open, can look its name up again. Older versions can do that only
# for a variable, and then open a connection for each request.
if nginx -v 2>&1 | awk -F '[/. ]+' '{ exit !($4 * 1000000 + $5 * 1000 + $6 >= 1027003) }'; then
    cat >>"$target" <<END
upstream backend {
    zone backend 64k;
    server $address resolve max_fails=0;
    keepalive 16;
    # Less than the backend's 5 seconds, or the backend might close a connection that nginx is about to use.
    keepalive_timeout 4s;
}
map "" \$backend { default http://backend; }
END
else
    echo "map \"\" \$backend { default http://$address; }" >>"$target"
fi
# nginx asks a name server again after 5 seconds without an answer. Meanwhile an upstream uses the addresses that it has. A
# request that has none waits for the second answer, since a name server that has just gone is soon replaced.
cat >>"$target" <<END
resolver ${servers:-127.0.0.1} valid=${RESOLVE_SECONDS}s;
resolver_timeout 8s;
END
