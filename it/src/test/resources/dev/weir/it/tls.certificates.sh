# makes the certificates of the TLS cases in the current directory
set -e
own() {
    name=$1 subject=$2
    shift 2
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$name.k" -out "$name.c" -days 30 -subj "$subject" "$@"
    cat "$name.c" "$name.k" > "$name.pem"
}
signed() {
    openssl req -newkey rsa:2048 -nodes -keyout "$1.k" -out "$1.csr" -subj "$2"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.k -CAcreateserial -out "$1.c" -days "$3"
    cat "$1.c" "$1.k" > "$1.pem"
}
own def /CN=default.test
own a /CN=a.test -addext subjectAltName=DNS:a.test,DNS:www.a.test
own w /CN=w -addext 'subjectAltName=DNS:*.wild.test'
own both /O=rsa/CN=both.test
mv both.pem both.pem.rsa
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout both.ek -out both.ec -days 30 \
    -subj /O=ec/CN=both.test
cat both.ec both.ek > both.pem.ecdsa
own ca '/C=FR/O=Test CA/CN=ca'
cp ca.c ca.pem
cat ca.c ca.k > sign.pem
openssl genpkey -genparam -algorithm DH -pkeyopt group:ffdhe3072 > dh
cat a.c a.k dh > dh.pem
signed cli '/C=FR/O=Org/OU=u1/OU=u2/CN=client one/emailAddress=x@y.z' 30
signed exp /CN=expired 0
signed srv /CN=a.test 30
own un /CN=unknown
own mix /CN=mix
cat a.c mix.k > mix.pem
cp def.c nokey.pem
echo garbage > bad.pem
mkdir empty dir sub
cp a.pem dir/a.pem
cp w.pem dir/z.pem
cp a.c sub/s.crt
cp a.k sub/s.crt.key
cp srv.pem staple.pem
cat ca.pem >> staple.pem
serial=$(openssl x509 -in srv.c -noout -serial | cut -d= -f2)
printf 'V\t%s\t\t%s\tunknown\t/CN=a.test\n' "$(date -d '+20 days' +%y%m%d%H%M%SZ)" "$serial" > index
openssl ocsp -index index -CA ca.pem -rsigner ca.pem -rkey ca.k -issuer ca.pem -cert srv.c -respout staple.pem.ocsp \
    -ndays 5
printf 'a.pem\nw.pem *.wild.test !no.wild.test\n# none\n\nboth.pem [ssl-min-ver TLSv1.3] tls13.test\n' > list
printf 's.pem [foo] a.com\n' > list.foo
printf 'nope.pem a.com\n' > list.nope
for i in 1 2 3; do openssl rand -base64 48 | tr -d '\n'; echo; done > keys
