// Conformance of Java's clients on secured listeners: every mechanism over TLS, certificates, and what is refused.

import java.time.Duration;
import java.util.*;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.*;
import org.apache.kafka.common.serialization.*;

public final class SecurityConformance {
    private static String env(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }

    private static Map<String, Object> tls(String listener, String protocol) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", env(listener));
        all.put("security.protocol", protocol);
        all.put("ssl.truststore.type", "PEM");
        all.put("ssl.truststore.location", env("CA"));
        return all;
    }

    private static Map<String, Object> login(String listener, String mechanism, String jaas) {
        Map<String, Object> all = tls(listener, "SASL_SSL");
        all.put("sasl.mechanism", mechanism);
        all.put("sasl.jaas.config", "org.apache.kafka.common.security." + jaas + ";");
        return all;
    }

    private static Map<String, Object> plain(String listener, String password) {
        return login(listener, "PLAIN", "plain.PlainLoginModule required username=\"alice\" password=\"" + password + "\"");
    }

    private static Map<String, Object> scram(String mechanism, String password) {
        return login("LOGIN", mechanism, "scram.ScramLoginModule required username=\"bob\" password=\"" + password + "\"");
    }

    private static void roundTrip(String topic, Map<String, Object> settings) throws Exception {
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 100; i++) producer.send(new ProducerRecord<>(topic, "k" + i, "v" + i));
            producer.flush();
        }
        Map<String, Object> reading = new HashMap<>(settings);
        reading.put("auto.offset.reset", "earliest");
        reading.put("group.id", topic);
        int count = 0;
        try (var consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (count < 100 && System.nanoTime() < deadline) count += consumer.poll(Duration.ofMillis(200)).count();
        }
        Checks.equal("records", count, 100);
    }

    private static void refused(Map<String, Object> settings, Class<? extends Throwable> wanted, String message) throws Exception {
        settings.put("default.api.timeout.ms", "15000");
        settings.put("request.timeout.ms", "5000");
        try (Admin admin = Admin.create(settings)) {
            admin.listTopics().names().get(20, TimeUnit.SECONDS);
            throw new AssertionError("it was let in");
        } catch (ExecutionException error) {
            Throwable cause = error.getCause();
            if (!wanted.isInstance(cause)) throw new AssertionError("got " + cause, cause);
            if (!String.valueOf(cause.getMessage()).contains(message)) throw new AssertionError(cause.getMessage());
        }
    }

    public static void main(String[] args) {
        Checks.check("PLAIN", () -> roundTrip("java-plain", plain("LOGIN", "alice-secret")));
        Checks.check("SCRAM-SHA-256", () -> roundTrip("java-scram-256", scram("SCRAM-SHA-256", "bob-secret")));
        Checks.check("SCRAM-SHA-512", () -> roundTrip("java-scram-512", scram("SCRAM-SHA-512", "bob-secret")));
        String token = "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"dora\"";
        Checks.check("OAUTHBEARER", () -> roundTrip("java-oauthbearer", login("LOGIN", "OAUTHBEARER", token)));
        Checks.check("a certificate", () -> {
            Map<String, Object> settings = tls("MUTUAL", "SSL");
            settings.put("ssl.keystore.type", "PEM");
            settings.put("ssl.keystore.location", env("CLIENT"));
            roundTrip("java-certificate", settings);
        });
        Checks.check("a wrong password of PLAIN", () ->
            refused(plain("LOGIN", "wrong"), SaslAuthenticationException.class, "Authentication failed: Invalid username or password"));
        Checks.check("a wrong password of SCRAM", () ->
            refused(scram("SCRAM-SHA-512", "wrong"), SaslAuthenticationException.class, "invalid credentials with SASL mechanism SCRAM-SHA-512"));
        Checks.check("a certificate of the broker that has expired", () ->
            refused(plain("LATE", "alice-secret"), SslAuthenticationException.class, "SSL handshake failed"));
        Checks.check("no certificate where one is wanted", () -> {
            Map<String, Object> settings = tls("MUTUAL", "SSL");
            settings.put("ssl.enabled.protocols", "TLSv1.2");
            refused(settings, SslAuthenticationException.class, "");
        });
        Checks.check("an authority that is not trusted", () -> {
            Map<String, Object> settings = plain("LOGIN", "alice-secret");
            settings.remove("ssl.truststore.location");
            settings.remove("ssl.truststore.type");
            refused(settings, SslAuthenticationException.class, "SSL handshake failed");
        });
        Checks.check("a partition's records again, after all that", () -> {
            Map<String, Object> settings = plain("LOGIN", "alice-secret");
            settings.put("auto.offset.reset", "earliest");
            try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
                var partition = new TopicPartition("java-plain", 0);
                Checks.equal("end", consumer.endOffsets(List.of(partition)).get(partition), 100L);
            }
        });
        Checks.done();
    }
}
